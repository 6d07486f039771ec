//! Complaints about markdown.

codes! {}
