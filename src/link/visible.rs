//! Leaves out what this build may not contain: drafts, narrower audiences, packs that are off.
//! For every later stage it does not exist; only its name is kept, to tell hidden from missing.

use crate::config::Config;
use crate::diag::Diagnostics;
use crate::model::{Document, Hidden, HiddenReason, SourceFile, Standing, Summary};

/// Splits off what is hidden. `broken` are files that could not be parsed at all.
pub fn split(
    documents: Vec<Document>,
    broken: &[SourceFile],
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> (Vec<Document>, Hidden) {
    let mut hidden = Hidden::default();
    for file in broken {
        if file.standing == Standing::Original {
            hidden.by_id.insert((file.kind, file.id.clone()), HiddenReason::Broken);
            hidden.by_address.insert(file.address.clone(), HiddenReason::Broken);
        }
        hidden.by_file.insert(file.path.clone(), HiddenReason::Broken);
    }
    let mut reasons = Vec::with_capacity(documents.len());
    for document in &documents {
        let summary = &document.summary;
        let reason = reason(summary, config, diagnostics);
        if let Some(reason) = reason {
            hidden.by_file.insert(summary.file.clone(), reason);
            if summary.standing == Standing::Original {
                hidden.by_id.insert((summary.kind, summary.id.value.clone()), reason);
                hidden.by_address.insert(summary.address.clone(), reason);
            }
        }
        reasons.push(reason);
    }
    let mut visible = Vec::with_capacity(documents.len());
    for (document, reason) in documents.into_iter().zip(reasons) {
        // A translation goes with its original.
        match reason.or_else(|| hidden.by_address.get(&document.summary.address).copied()) {
            None => visible.push(document),
            Some(reason) => {
                hidden.by_file.insert(document.summary.file.clone(), reason);
            }
        }
    }
    (visible, hidden)
}

fn reason(summary: &Summary, config: &Config, diagnostics: &mut Diagnostics) -> Option<HiddenReason> {
    let common = &summary.common;
    if common.draft && !config.drafts {
        return Some(HiddenReason::Draft);
    }
    if let Some(pack) = &common.pack
        && !config.packs.contains(&pack.value)
    {
        return Some(HiddenReason::Pack);
    }
    (!config.is_for(common.audience.as_ref(), diagnostics)).then_some(HiddenReason::Audience)
}
