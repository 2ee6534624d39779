//! Documents that are unpacked: Word and PDF.
