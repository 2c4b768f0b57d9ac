/* Ends of names. */
#ifndef REDACT_TAILS_TABLE_H
#define REDACT_TAILS_TABLE_H

/* Behind a word these make a name harmless: what is said about the secret is not it. */
static const char *const tails_table[] = {
    "type",   "expires",   "expiry",     "expiration", "expiresin", "expiresat", "expirationdate", "expirydate", "lifetime",
    "ttl",    "timeout",   "enabled",    "required",   "length",    "minlength", "maxlength",      "count",      "duration",
    "maxage", "timeoutms", "timeoutsec", "expired",    "supported", "expiryms",  "isvalid",        "isrequired", "isenabled",
};

#endif
