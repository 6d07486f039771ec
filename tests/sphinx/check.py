"""What Sphinx makes of a handbook's `objects.inv`: SITE is the built handbook, argument 1 a scratch folder."""

import html
import os
import posixpath
import re
import subprocess
import sys

from sphinx.util.inventory import InventoryFile

site, scratch = os.environ["SITE"], sys.argv[1]
base = "https://hb.example.com/docs/"
here = os.path.dirname(os.path.abspath(__file__))


def entry(inventory, role, name):
    """Address and title, whichever way this version of Sphinx keeps them."""
    found = inventory[role][name]
    return (found.uri, found.display_name) if hasattr(found, "uri") else (found[2], found[3])


def load(language=""):
    with open(os.path.join(site, language, "objects.inv"), "rb") as stream:
        return InventoryFile.load(stream, base + language, posixpath.join)


inventory = load()
practice = (base + "go/practice/slo-targets/", "SLO targets")
criterion = (base + "go/practice/slo-targets/#agreed", "Targets are agreed.")
term = (base + "go/term/error-budget/", "Error budget")
for role, name, expected in [
    ("handbook:practice", "slo-targets", practice),
    ("std:label", "slo-targets", practice),
    ("handbook:criterion", "slo-targets/agreed", criterion),
    ("std:label", "slo-targets/agreed", criterion),
    ("handbook:term", "error-budget", term),
    ("std:term", "Error budget", term),
]:
    found = entry(inventory, role, name)
    assert found == expected, f"{role} {name}: {found}"

japanese = entry(load("ja/"), "std:label", "slo-targets")
assert japanese == (base + "ja/go/practice/slo-targets/", "SLOの目標"), japanese

listed = subprocess.run(
    [sys.executable, "-m", "sphinx.ext.intersphinx", os.path.join(site, "objects.inv")],
    check=True, capture_output=True, text=True,
).stdout
assert "handbook:practice" in listed and "go/practice/slo-targets/#agreed" in listed, listed

output = os.path.join(scratch, "html")
documents = os.path.join(here, "documents")
doctrees = os.path.join(scratch, "doctrees")
subprocess.run(
    [sys.executable, "-m", "sphinx", "-b", "html", "-n", "-W", "-q", "-E", "-d", doctrees, documents, output], check=True
)
with open(os.path.join(output, "index.html"), encoding="utf-8") as page:
    text = page.read()
links = {
    (html.unescape(href), html.unescape(re.sub("<[^>]*>", "", words)))
    for href, words in re.findall(r'<a class="reference external" href="([^"]*)"[^>]*>(.*?)</a>', text, re.S)
}
for expected in [
    practice,
    criterion,
    (base + "go/role/sre/", "SRE"),
    term,
    (base + "go/term/error-budget/", "allowed failures"),
    (practice[0], "how good is good enough"),
]:
    assert expected in links, f"{expected} is not among {links}"
print(f"Sphinx resolved {len(links)} references into the handbook")
