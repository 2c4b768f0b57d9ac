/* Lists of what strict leaves: words that many captures share and that tell nothing of a person. In lower case and in order. */
#ifndef REDACT_STRICT_TABLE_H
#define REDACT_STRICT_TABLE_H

/* In values of headers, and of members that name a kind or state. */
static const char *const words[] = {
    "*", "0", "1", "?", "?0", "?1", "accept", "accept-encoding", "accept-language", "allowall", "ar", "ascii", "audio",
    "base64", "beacon", "big5", "block", "br", "bypass", "bytes", "charset", "chunked", "close", "complete", "compress",
    "connect", "content-length", "content-type", "cookie", "cors", "cross-site", "cs", "csp-violation-report", "da", "de",
    "de-de", "default", "deflate", "delete", "deny", "desc", "disk", "disk-cache", "document", "dur", "dynamic", "embed",
    "empty", "en", "en-gb", "en-us", "error", "es", "es-es", "euc-jp", "eventsource", "expired", "false", "fetch", "fi", "font",
    "fr", "fr-fr", "frame", "gb2312", "gbk", "get", "gmt", "gzip", "h2", "h2c", "h3", "h3-29", "he", "head", "hi", "high",
    "highest", "hit", "http", "https", "i", "identity", "iframe", "image", "immutable", "includesubdomains", "iso-8859-1", "it",
    "ja", "ja-jp", "keep-alive", "ko", "koi8-r", "latin1", "lax", "loading", "low", "lowest", "manifest", "max", "max-age",
    "max-stale", "media", "medium", "memory", "memory-cache", "message", "min-fresh", "miss", "mode", "must-revalidate",
    "navigate", "nested-navigate", "nl", "no", "no-cache", "no-cors", "no-store", "no-transform", "none", "nosniff", "null",
    "object", "ok", "only-if-cached", "open", "options", "origin", "other", "parser", "patch", "ping", "pl", "post", "prefetch",
    "prefetch-cache", "preflight", "preload", "private", "proxy-revalidate", "pt", "pt-br", "public", "put", "q", "quic",
    "receive", "redirect", "report", "request", "response", "revalidated", "ru", "s-maxage", "same-origin", "same-site",
    "sameorigin", "script", "send", "service-worker", "serviceworker", "sharedworker", "shift_jis", "signedexchange", "stale",
    "stale-if-error", "stale-while-revalidate", "strict", "style", "stylesheet", "sv", "tcp_hit", "tcp_miss", "texttrack",
    "timeout", "total", "tr", "trace", "track", "trailers", "true", "u", "unknown", "updating", "upgrade", "us-ascii", "user",
    "user-agent", "utc", "utf-8", "utf8", "v", "veryhigh", "verylow", "video", "webbundle", "websocket", "windows-1252",
    "worker", "xhr", "xmlhttprequest", "xslt", "zh", "zh-cn", "zh-tw", "zstd",
};

/* Names of headers. */
static const char *const headers[] = {
    ":authority", ":method", ":path", ":protocol", ":scheme", ":status", "a-im", "accept", "accept-charset", "accept-datetime",
    "accept-encoding", "accept-language", "accept-patch", "accept-post", "accept-ranges", "access-control-allow-credentials",
    "access-control-allow-headers", "access-control-allow-methods", "access-control-allow-origin",
    "access-control-expose-headers", "access-control-max-age", "access-control-request-headers",
    "access-control-request-method", "age", "allow", "alt-svc", "alt-used", "authentication-info", "authorization",
    "cache-control", "cdn-cache-control", "clear-site-data", "connection", "content-disposition", "content-encoding",
    "content-language", "content-length", "content-location", "content-md5", "content-range", "content-security-policy",
    "content-security-policy-report-only", "content-type", "cookie", "cookie2", "critical-ch", "cross-origin-embedder-policy",
    "cross-origin-opener-policy", "cross-origin-resource-policy", "date", "dav", "depth", "device-memory", "digest", "dnt",
    "downlink", "dpr", "early-data", "ect", "etag", "expect", "expect-ct", "expires", "feature-policy", "forwarded", "from",
    "host", "http2-settings", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "keep-alive",
    "last-event-id", "last-modified", "link", "location", "max-forwards", "nel", "origin", "origin-agent-cluster", "p3p",
    "permissions-policy", "ping-from", "ping-to", "pragma", "prefer", "preference-applied", "priority", "proxy-authenticate",
    "proxy-authentication-info", "proxy-authorization", "proxy-connection", "purpose", "range", "ratelimit-limit",
    "ratelimit-remaining", "ratelimit-reset", "referer", "referrer-policy", "refresh", "report-to", "reporting-endpoints",
    "retry-after", "rtt", "save-data", "sec-ch-ua", "sec-ch-ua-arch", "sec-ch-ua-bitness", "sec-ch-ua-full-version",
    "sec-ch-ua-full-version-list", "sec-ch-ua-mobile", "sec-ch-ua-model", "sec-ch-ua-platform", "sec-ch-ua-platform-version",
    "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-fetch-user", "sec-gpc", "sec-purpose", "sec-websocket-accept",
    "sec-websocket-extensions", "sec-websocket-key", "sec-websocket-protocol", "sec-websocket-version", "server",
    "server-timing", "service-worker", "service-worker-allowed", "service-worker-navigation-preload", "set-cookie",
    "set-cookie2", "sourcemap", "strict-transport-security", "surrogate-control", "te", "timing-allow-origin", "tk", "trailer",
    "transfer-encoding", "upgrade", "upgrade-insecure-requests", "user-agent", "vary", "via", "viewport-width", "warning",
    "width", "www-authenticate", "x-api-key", "x-auth-token", "x-cache", "x-cache-hits", "x-client-data", "x-content-duration",
    "x-content-security-policy", "x-content-type-options", "x-correlation-id", "x-csrf-token", "x-dns-prefetch-control",
    "x-download-options", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-frame-options",
    "x-http-method-override", "x-original-url", "x-permitted-cross-domain-policies", "x-powered-by", "x-ratelimit-limit",
    "x-ratelimit-remaining", "x-ratelimit-reset", "x-real-ip", "x-request-id", "x-requested-with", "x-rewrite-url",
    "x-robots-tag", "x-runtime", "x-served-by", "x-timer", "x-ua-compatible", "x-xsrf-token", "x-xss-protection",
};

/* Headers whose values are such words, numbers, dates and types. */
static const char *const plain_headers[] = {
    ":method", ":scheme", ":status", "accept", "accept-charset", "accept-encoding", "accept-language", "accept-ranges",
    "access-control-allow-credentials", "access-control-allow-headers", "access-control-allow-methods",
    "access-control-allow-origin", "access-control-expose-headers", "access-control-max-age", "access-control-request-headers",
    "access-control-request-method", "age", "allow", "cache-control", "connection", "content-encoding", "content-language",
    "content-length", "content-range", "cross-origin-embedder-policy", "cross-origin-opener-policy",
    "cross-origin-resource-policy", "date", "device-memory", "dnt", "downlink", "dpr", "early-data", "ect", "expect", "expires",
    "if-modified-since", "if-unmodified-since", "keep-alive", "last-modified", "pragma", "priority", "proxy-connection",
    "purpose", "range", "retry-after", "rtt", "save-data", "sec-ch-ua-mobile", "sec-fetch-dest", "sec-fetch-mode",
    "sec-fetch-site", "sec-fetch-user", "sec-gpc", "sec-purpose", "sec-websocket-version", "strict-transport-security", "te",
    "trailer", "transfer-encoding", "upgrade", "upgrade-insecure-requests", "vary", "viewport-width", "x-cache",
    "x-content-type-options", "x-dns-prefetch-control", "x-forwarded-port", "x-forwarded-proto", "x-frame-options",
    "x-requested-with", "x-rewrite-url", "x-xss-protection",
};

/* Media types. */
static const char *const types[] = {
    "*/*", "application/*", "application/atom+xml", "application/csp-report", "application/dash+xml", "application/dns-message",
    "application/ecmascript", "application/font-woff", "application/font-woff2", "application/geo+json", "application/graphql",
    "application/graphql-response+json", "application/grpc", "application/grpc-web", "application/grpc-web+proto",
    "application/gzip", "application/javascript", "application/json", "application/json-patch+json", "application/ld+json",
    "application/manifest+json", "application/merge-patch+json", "application/msgpack", "application/msword",
    "application/octet-stream", "application/ogg", "application/pdf", "application/pkcs7-mime", "application/problem+json",
    "application/problem+xml", "application/protobuf", "application/reports+json", "application/rss+xml", "application/rtf",
    "application/signed-exchange", "application/soap+xml", "application/sql", "application/vnd.api+json",
    "application/vnd.apple.mpegurl", "application/vnd.ms-excel", "application/vnd.ms-fontobject", "application/wasm",
    "application/x-font-ttf", "application/x-font-woff", "application/x-javascript", "application/x-json",
    "application/x-msgpack", "application/x-ndjson", "application/x-protobuf", "application/x-shockwave-flash",
    "application/x-www-form-urlencoded", "application/xhtml+xml", "application/xml", "application/xml+rss", "application/zip",
    "application/zstd", "audio/*", "audio/aac", "audio/flac", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "audio/webm",
    "font/collection", "font/otf", "font/ttf", "font/woff", "font/woff2", "image/*", "image/apng", "image/avif", "image/bmp",
    "image/gif", "image/heic", "image/jpeg", "image/jpg", "image/jxl", "image/png", "image/svg+xml", "image/tiff",
    "image/vnd.microsoft.icon", "image/webp", "image/x-icon", "message/http", "message/rfc822", "multipart/byteranges",
    "multipart/form-data", "multipart/mixed", "multipart/related", "multipart/x-mixed-replace", "text/*", "text/cache-manifest",
    "text/calendar", "text/css", "text/csv", "text/event-stream", "text/html", "text/javascript", "text/json", "text/markdown",
    "text/ping", "text/plain", "text/vtt", "text/x-component", "text/xml", "video/*", "video/mp2t", "video/mp4", "video/mpeg",
    "video/ogg", "video/quicktime", "video/webm", "video/x-flv", "x-unknown",
};

/* Members that producers add. */
static const char *const members[] = {
    "_all_end", "_all_start", "_apirequest", "_attempts", "_blocked", "_blocked_proxy", "_blocked_queueing", "_body_hash",
    "_bytesin", "_bytesout", "_cache_time", "_cdn_provider", "_charlesstatus", "_charlestimings", "_chunk", "_chunks",
    "_comment", "_connect", "_connect_end", "_connect_start", "_connectionid", "_cpu.parsehtml", "_created", "_data",
    "_datasize", "_device", "_dns", "_dns_end", "_dns_start", "_dump", "_endtime", "_error", "_eventsourcemessages",
    "_fetchtype", "_file", "_final", "_formdata", "_fromcache", "_fromserviceworker", "_full_id", "_gzip_save", "_gzip_total",
    "_headers", "_host", "_http2_stream_id", "_id", "_image_save", "_image_total", "_index", "_initialpriority", "_initiator",
    "_initiator_column", "_initiator_line", "_initiator_type", "_isintermediate", "_load_end", "_load_ms", "_load_start",
    "_method", "_minify_save", "_minify_total", "_monotonictime", "_objectsize", "_options", "_priority", "_protocol",
    "_pseudoheaders", "_receive", "_recordingname", "_redaction", "_render_blocking", "_renderblocking", "_request_id",
    "_requestid", "_requesttime", "_resourcetype", "_responsecode", "_securitydetails", "_send", "_server_count",
    "_serveraddress", "_serverport", "_sha1", "_ssl", "_ssl_end", "_ssl_start", "_startlinenumber", "_starttime",
    "_transfersize", "_ttfb_ms", "_ttfb_start", "_type", "_url", "_wait", "_was_pushed", "_waspushed", "_websocketmessages",
    "_workerfetchstart", "_workerready", "_workerrespondwithsettled", "_workerstart", "cache", "cachestate", "callframes",
    "cipher", "columnnumber", "comment", "connection", "content", "cookies", "count", "counts", "data", "debuggerid",
    "description", "documenturl", "domain", "encoding", "eventid", "eventname", "eventtype", "expires", "field", "frame",
    "frameid", "fromdiskcache", "functionname", "header", "headers", "height", "id", "index", "initiator", "issuer", "key",
    "keyexchange", "linenumber", "mimetype", "mode", "name", "opcode", "pageref", "params", "parent", "parentid", "path",
    "priority",
    "protocol", "querystring", "redirecturl", "request", "response", "rules", "samesite", "sanlist", "scriptid", "servedfrom",
    "size", "stack", "status", "subjectname", "text", "time", "timings", "title", "tool", "total", "type", "url", "validfrom",
    "validto", "value", "version", "width",
};

/* Names of programs. */
static const char *const producers[] = {
    "advanced rest client", "alta proxy", "browsermob proxy", "browsertime", "capture-har", "charles proxy", "chrome",
    "chrome har capturer", "chrome-har", "chromium", "cypress", "edge", "extendeddebuggingservice", "f12 developer tools",
    "fiddler", "firebug", "firefox", "google chrome", "har-export-trigger", "harmill", "headlesschrome", "http toolkit",
    "httpwatch", "insomnia rest client", "internet explorer", "internet explorer network inspector", "microsoft edge",
    "mitmproxy", "mitmproxy exporthar", "mitmproxy har_dump", "opera", "phantomjs", "playwright", "polly.js", "postman",
    "proxyman", "puppeteer", "qwebkit", "safari", "splash", "url scanner", "waterfall-tools", "webinspector", "webkit",
    "webkit web inspector", "webpagetest",
};

/* Names of parameters and cookies. */
static const char *const parameters[] = {
    "access_token", "action", "api_key", "callback", "category", "client_id", "client_secret", "code", "code_challenge",
    "code_challenge_method", "code_verifier", "count", "cursor", "date", "debug", "device_code", "email", "error",
    "error_description", "expires_in", "fields", "filter", "format", "from", "grant_type", "id", "id_token", "key", "keyword",
    "lang", "language", "limit", "locale", "login", "name", "nonce", "offset", "order", "page", "page_size", "password",
    "per_page", "prompt", "q", "query", "redirect_uri", "refresh_token", "response_mode", "response_type", "scope", "search",
    "session_id", "session_state", "sid", "sig", "signature", "size", "sort", "state", "status", "t", "timestamp", "token",
    "token_type", "ts", "type", "url", "user", "user_id", "username", "utm_campaign", "utm_content", "utm_medium", "utm_source",
    "utm_term", "v", "version",
};

/* Schemes of credentials. */
static const char *const schemes[] = {
    "apikey", "aws4-hmac-sha256", "basic", "bearer", "digest", "dpop", "gnap", "hawk", "hoba", "mutual", "negotiate", "ntlm",
    "oauth", "privatetoken", "scram-sha-1", "scram-sha-256", "token", "vapid",
};

/* What stands behind a status. */
static const char *const phrases[] = {
    "accepted", "already reported", "bad gateway", "bad request", "conflict", "connection established", "content too large",
    "continue", "created", "early hints", "expectation failed", "failed dependency", "forbidden", "found", "gateway time-out",
    "gateway timeout", "gone", "http version not supported", "im used", "insufficient storage", "internal redirect",
    "internal server error", "length required", "locked", "loop detected", "method not allowed", "misdirected request",
    "moved permanently", "moved temporarily", "multi-status", "multiple choices", "network authentication required",
    "no content", "non-authoritative information", "not acceptable", "not found", "not implemented", "not modified", "ok",
    "partial content", "payload too large", "payment required", "permanent redirect", "precondition failed",
    "precondition required", "processing", "proxy authentication required", "range not satisfiable", "request entity too large",
    "request header fields too large", "request time-out", "request timeout", "request-uri too long",
    "requested range not satisfiable", "reset content", "see other", "service unavailable", "switching protocols",
    "temporary redirect", "too early", "too many requests", "unauthorized", "unavailable for legal reasons",
    "unprocessable content", "unprocessable entity", "unsupported media type", "upgrade required", "uri too long", "use proxy",
    "variant also negotiates",
};

#endif
