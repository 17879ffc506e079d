//! What intake and the cleaner say to each other over two pipes.
