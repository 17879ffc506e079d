//! Takes the hidden data out of one file, in a process that can do nothing else.
