/* harmill reads HTTP Archives, judges them and writes them again. This header takes in all others but <harmill/json.h>. */
#ifndef HARMILL_HARMILL_H
#define HARMILL_HARMILL_H

#include <harmill/alloc.h>
#include <harmill/baseline.h>
#include <harmill/bound.h>
#include <harmill/buffer.h>
#include <harmill/cloudflare.h>
#include <harmill/coding.h>
#include <harmill/config.h>
#include <harmill/convert.h>
#include <harmill/dedupe.h>
#include <harmill/fetch.h>
#include <harmill/filter.h>
#include <harmill/finding.h>
#include <harmill/format.h>
#include <harmill/input.h>
#include <harmill/item.h>
#include <harmill/mend.h>
#include <harmill/merge.h>
#include <harmill/node.h>
#include <harmill/option.h>
#include <harmill/overview.h>
#include <harmill/place.h>
#include <harmill/profile.h>
#include <harmill/reader.h>
#include <harmill/redact.h>
#include <harmill/registry.h>
#include <harmill/report.h>
#include <harmill/rule.h>
#include <harmill/schema.h>
#include <harmill/settings.h>
#include <harmill/sink.h>
#include <harmill/spec.h>
#include <harmill/split.h>
#include <harmill/status.h>
#include <harmill/suggest.h>
#include <harmill/transform.h>
#include <harmill/writer.h>

#endif
