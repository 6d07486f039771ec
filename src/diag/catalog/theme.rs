//! Complaints about theme.

codes! {}
