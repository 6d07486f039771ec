//! Links of other documents into this handbook: found in their texts, followed, judged.
//!
//! 1. `scan` finds where an address of this handbook begins, and how far it may go; `wiki` does the
//!    same for `[[…]]`.
//! 2. `link` takes the address apart.
//! 3. [`Addresses`] knows what stands where today and what stood there once, and judges the link.
//!
//! The texts are of any format, so none is parsed: a link is a link in prose, in an attribute and in a
//! comment. Where it ends is not always told by what stands around it (`https://…/slo/を参照`); then it is
//! the longest part that leads somewhere.

mod addresses;
mod link;
mod near;
mod scan;
mod wiki;

use std::ops::Range;

pub use addresses::{Addresses, Named, Place};

use crate::diag::FilePath;
use crate::model::{HiddenReason, InboundFile};
use link::Link;
use scan::Format;

/// A link with which something is wrong, or could be better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub file: FilePath,
    /// Its bytes in the file's text; of `[[…]]` what stands for the page.
    pub range: Range<usize>,
    pub written: String,
    pub verdict: Verdict,
}

/// What is to say about a link. Links in it are as they would be written in place of this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There is no such address.
    Broken { nearest: Option<Near> },
    /// What it leads to is not part of this build.
    Hidden(HiddenReason),
    /// Once it was the address of what `to` leads to.
    Moved { to: String },
    /// The page has no such place.
    StaleAnchor { anchor: String, nearest: Option<Near> },
    /// It leads where it should, and to an address that changes when the page is moved.
    NotPermanent { permalink: String },
}

/// What is probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    pub link: String,
    /// Beyond doubt. A guess from the spelling is not.
    pub sure: bool,
}

/// The links in `file` with which something is wrong, or could be better, in their order. `wiki`: names in
/// double brackets are links into this handbook too.
pub fn inspect(file: &InboundFile, addresses: &Addresses<'_>, wiki: bool) -> Vec<Finding> {
    let format = Format::of(&file.relative);
    let finding = |range: Range<usize>, verdict| Finding {
        file: file.path.clone(),
        written: file.text.get(range.clone()).unwrap_or_default().to_owned(),
        range,
        verdict,
    };
    let mut findings = Vec::new();
    for run in scan::runs(&file.text, format, addresses.base()) {
        let judged = |end: &usize| {
            let written = scan::unescaped(file.text.get(run.start..*end)?, format);
            let link = Link::parse(&written, addresses.base())?;
            Some((*end, addresses.judge(&link)))
        };
        let (ends, otherwise) = run.ends(&file.text);
        let leads = |(_, verdict): &(usize, Option<Verdict>)| verdict.as_ref().is_none_or(Verdict::leads);
        let best = ends.iter().filter_map(judged).find(leads).or_else(|| judged(&otherwise));
        if let Some((end, Some(verdict))) = best {
            findings.push(finding(run.start..end, verdict));
        }
    }
    if wiki {
        for (range, name) in wiki::names(&file.text, format) {
            if let Some(verdict) = addresses.judge_name(&name) {
                findings.push(finding(range, verdict));
            }
        }
    }
    findings.sort_by_key(|finding| finding.range.start);
    findings
}

impl Verdict {
    /// Whether the reader arrives where the link wants to lead.
    fn leads(&self) -> bool {
        matches!(self, Self::Moved { .. } | Self::NotPermanent { .. })
    }
}

impl Finding {
    /// What is to be written in place of the link, where that is beyond doubt. `permanent`: also where the
    /// link is right, and a permalink would be better.
    pub fn replacement(&self, addresses: &Addresses<'_>, permanent: bool) -> Option<String> {
        let mended = match &self.verdict {
            Verdict::Broken { nearest: Some(near) } | Verdict::StaleAnchor { nearest: Some(near), .. }
                if near.sure =>
            {
                near.link.clone()
            }
            Verdict::Moved { to } => to.clone(),
            Verdict::NotPermanent { permalink } if permanent => permalink.clone(),
            _ => return None,
        };
        let again = Link::parse(&mended, addresses.base()).and_then(|link| addresses.judge(&link));
        match again {
            Some(Verdict::NotPermanent { permalink }) if permanent => Some(permalink),
            _ => Some(mended),
        }
    }
}
