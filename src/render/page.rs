//! One file of the site.

use std::sync::Arc;

use serde::Serialize;
use tera::Value;

use super::address::{self, Here};
use super::context::PageContext;
use super::export::{self, Export};
use super::view::{self, Made};
use super::{Page, Plan, Planned, Theme, feed, hosting, sitemap};
use crate::config::Config;
use crate::diag::{Diagnostic, catalog};
use crate::model::{Lang, Site};

/// Makes one planned file. Independent of every other file, and cheap.
pub fn page(
    planned: &Planned,
    plan: &Plan,
    site: &Site,
    config: &Config,
    theme: &Theme,
) -> Result<Arc<[u8]>, Diagnostic> {
    let bytes = match &planned.page {
        Page::Asset { address } => {
            return Ok(site.handbook.assets.get(address).map_or_else(|| [].into(), |a| a.bytes.clone()));
        }
        Page::ThemeFile { path } => return Ok(theme.files().get(path).cloned().unwrap_or_else(|| [].into())),
        Page::Robots => hosting::robots(config).into_bytes(),
        Page::Headers => hosting::headers(plan, config).into_bytes(),
        Page::Sitemap => sitemap::sitemap(plan, site, config).into_bytes(),
        Page::SitemapPart { number } => sitemap::part(plan, site, config, *number).into_bytes(),
        page => {
            let (lang, here) = place(page, site, config);
            let cx = PageContext {
                site,
                config,
                theme,
                index: &plan.index,
                shared: plan.shared.get(lang),
                lang,
                words: theme.words(lang),
                here,
            };
            match page {
                Page::Feed { topic, .. } => feed::feed(&cx, *topic).into_bytes(),
                Page::Export(export, _) => export::file(&cx, export),
                html => fill(&cx, html)?,
            }
        }
    };
    Ok(bytes.into())
}

/// The language of a page, and where it stands.
fn place<'a>(page: &'a Page, site: &'a Site, config: &Config) -> (&'a Lang, Here) {
    let handbook = &site.handbook;
    let at = |address: &str, lang: &'a Lang| {
        (lang, Here::new(address::folder(address, lang, handbook.default_language()), config.offline))
    };
    match page {
        Page::Thing { thing, lang } => at(&handbook.thing(*thing).address, lang),
        Page::Section { address, lang } => at(address, lang),
        Page::History { team, lang } => at(&address::history(&handbook.thing(*team).address), lang),
        Page::Kit { scope, lang } => at(&view::kit::address(site, *scope), lang),
        Page::Assess { team: None, lang } => at("assess", lang),
        Page::Assess { team: Some(team), lang } => {
            at(&handbook.thing(*team).id.as_ref().map_or_else(String::new, |id| format!("assess/{id}")), lang)
        }
        Page::Report { report, lang } => at(report.address(), lang),
        Page::Search { lang } => at("search", lang),
        Page::Tags { lang } => at("tags", lang),
        Page::Tag { slug, lang } => at(&format!("tags/{slug}"), lang),
        Page::Permalink { lang, folder, .. }
        | Page::Redirect { lang, folder, .. }
        | Page::Alias { lang, folder, .. }
        | Page::Tombstone { lang, folder, .. } => (lang, Here::new(folder.as_str(), config.offline)),
        Page::Embed { practice, lang } => {
            let id = handbook.thing(*practice).id.as_ref().map_or("", |id| id.as_str());
            at(&address::embed(id), lang)
        }
        Page::NotFound { lang } => (lang, Here::anywhere(&config.base_url)),
        Page::Export(export, lang) => {
            let folder = match export {
                Export::Copy(page) => place(page, site, config).1.folder().to_owned(),
                _ => address::folder("", lang, handbook.default_language()),
            };
            (lang, Here::copy(folder, &config.base_url))
        }
        Page::Home { lang } | Page::Feed { lang, .. } => at("", lang),
        Page::Sitemap
        | Page::SitemapPart { .. }
        | Page::Robots
        | Page::Headers
        | Page::Asset { .. }
        | Page::ThemeFile { .. } => at("", handbook.default_language()),
    }
}

/// Makes the view and hands it to its template.
fn fill(cx: &PageContext<'_>, page: &Page) -> Result<Vec<u8>, Diagnostic> {
    let made = match page {
        Page::Thing { thing, .. } => view::of_thing(cx, *thing),
        Page::Home { .. } => view::home::generated(cx),
        Page::Section { address, .. } => view::section::generated(cx, address),
        Page::History { team, .. } => view::history::made(cx, *team),
        Page::Kit { scope, .. } => view::kit::made(cx, *scope),
        Page::Assess { team, .. } => view::assess::made(cx, *team),
        Page::Report { report, .. } => view::of_report(cx, *report),
        Page::Search { .. } => view::search::made(cx),
        Page::Tags { .. } => view::tag::all(cx),
        Page::Tag { slug, .. } => view::tag::made(cx, slug),
        Page::NotFound { .. } => view::not_found::made(cx),
        Page::Permalink { thing, .. } => view::permalink::made(cx, *thing),
        Page::Redirect { thing, moved, .. } => view::redirect::made(cx, *thing, *moved),
        Page::Alias { below, address, .. } => view::redirect::of_alias(cx, below, address),
        Page::Tombstone { kind, id, .. } => view::tombstone::made(cx, *kind, id),
        Page::Embed { practice, .. } => view::embed::made(cx, *practice),
        Page::Feed { .. }
        | Page::Export(..)
        | Page::Sitemap
        | Page::SitemapPart { .. }
        | Page::Robots
        | Page::Headers
        | Page::Asset { .. }
        | Page::ThemeFile { .. } => {
            return Ok(Vec::new());
        }
    };
    let Made { template, name, view, frame, content } = made?;
    let mut context = cx.context();
    context.insert_value("page", value(&frame)?);
    context.insert_value(name, view);
    context.insert_value("content", Value::safe_string(&content));
    cx.theme.engine.render(template, &context)
}

/// A view as the template engine's value.
pub fn value<T: Serialize>(view: &T) -> Result<Value, Diagnostic> {
    Value::try_from_serializable(view)
        .map_err(|error| catalog::theme::template_failed(None, &error.to_string()))
}
