import os

project = "Another document"
extensions = ["sphinx.ext.intersphinx"]
inventory = os.path.join(os.environ["SITE"], "objects.inv")
intersphinx_mapping = {"handbook": ("https://hb.example.com/docs/", inventory)}
