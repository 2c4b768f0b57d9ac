/* The readers of this folder, for the registry. */
#ifndef READER_READER_H
#define READER_READER_H

#include <harmill/reader.h>

extern const struct har_reader har_reader_file, har_reader_stdin, har_reader_zip, har_reader_cloudflare;

#endif
