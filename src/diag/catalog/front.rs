//! Complaints about front.

codes! {}
