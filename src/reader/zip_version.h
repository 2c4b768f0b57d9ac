/* For the text of --version. */
#ifndef READER_ZIP_VERSION_H
#define READER_ZIP_VERSION_H

#ifdef HARMILL_WITHOUT_ZIP
#define ZIP_VERSION ""
#else
#include <zip.h>
#define ZIP_VERSION ", libzip " LIBZIP_VERSION
#endif

#endif
