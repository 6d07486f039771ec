//! Joins documents into one checked graph.
//!
//! [`assemble()`] makes things out of documents, by id; [`resolve`] turns every name and link into an
//! id, and turns the arrows round.

mod aliases;
mod anchors;
mod assemble;
mod bodies;
mod fragments;
mod model_file;
mod names;
mod order;
mod places;
mod succession;
mod terms;
mod translated;
mod visible;

pub use assemble::{Files, assemble};

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diag::Diagnostics;
use crate::model::{Backlink, Graph, Handbook, Lang, PageLinks, ResolvedLink, Succession, ThingId};

/// Resolves every reference of the handbook. What cannot be resolved is reported and left out.
pub fn resolve(handbook: &Handbook, succession: &Succession, diagnostics: &mut Diagnostics) -> Graph {
    let mut graph = Graph { edges: names::edges(handbook, diagnostics), ..Graph::default() };
    graph.practice_order = order::practices(handbook, &mut graph.edges, diagnostics);
    let count = handbook.things.len();
    graph.incoming = vec![Vec::new(); count];
    graph.outgoing = vec![Vec::new(); count];
    for (position, edge) in graph.edges.iter().enumerate() {
        graph.outgoing[edge.from.0 as usize].push(position as u32);
        graph.incoming[edge.to.0 as usize].push(position as u32);
    }

    let texts: Vec<(ThingId, &Lang)> =
        handbook.iter().flat_map(|(id, thing)| thing.texts.keys().map(move |lang| (id, lang))).collect();
    let anchors = anchors::of(handbook, succession, &texts);
    graph.aliases = aliases::of(handbook, &anchors, diagnostics);
    let places = places::Places::of(handbook, succession, &graph.aliases);
    let terms = terms::Terms::of(handbook);
    let pages: Vec<_> = texts
        .par_iter()
        .map(|(id, lang)| {
            let (mut page, complaints) = bodies::resolve(handbook, &places, &anchors, *id, lang);
            let body = &handbook.thing(*id).text(lang).body;
            page.terms = terms.first_uses(*id, lang, body, &led_to(&page));
            (page, complaints)
        })
        .collect();

    graph.backlinks = vec![Vec::new(); count];
    graph.mentions = vec![Vec::new(); count];
    for ((id, lang), (page, complaints)) in texts.into_iter().zip(pages) {
        diagnostics.extend(complaints);
        let Some(text) = handbook.thing(id).texts.get(lang) else { continue };
        for (link, written) in page.links.iter().zip(&text.summary.links) {
            if let ResolvedLink::Thing { thing, fragment } = link
                && *thing != id
            {
                graph.backlinks[thing.0 as usize].push(Backlink {
                    from: id,
                    lang: lang.clone(),
                    sentence: written.sentence.clone(),
                    fragment: fragment.clone(),
                });
            }
        }
        for mention in &page.terms {
            graph.mentions[mention.term.0 as usize].push((id, lang.clone()));
        }
        graph.pages.insert((id, lang.clone()), page);
    }
    graph
}

/// What a page links to by hand.
fn led_to(page: &PageLinks) -> BTreeSet<ThingId> {
    let things = page.links.iter().filter_map(|link| match link {
        ResolvedLink::Thing { thing, .. } => Some(*thing),
        _ => None,
    });
    things.collect()
}
