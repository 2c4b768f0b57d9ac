/* How a try ended: libcurl's codes as texts, and as what may be done next. */
#include "cloudflare/client.h"

#ifndef HARMILL_WITHOUT_CURL

#include <string.h>

#include "cloudflare/curl.h"

/* Codes that say more than "an error"; what is not here has libcurl's own words and is a cut connection. A cut one becomes one
 * that was not sent where nothing left. */
static const struct {
    CURLcode code;
    enum cloudflare_end end;
    const char *why;
} ends[] = {
    {CURLE_OK, CLOUDFLARE_ANSWERED, NULL},
    {CURLE_FAILED_INIT, CLOUDFLARE_HOPELESS, "libcurl could not begin"},
    {CURLE_URL_MALFORMAT, CLOUDFLARE_HOPELESS, "libcurl cannot read the address"},
    {CURLE_NOT_BUILT_IN, CLOUDFLARE_HOPELESS, "libcurl lacks what this needs"},
    {CURLE_COULDNT_RESOLVE_PROXY, CLOUDFLARE_NOT_SENT, "the proxy's name cannot be resolved"},
    {CURLE_COULDNT_RESOLVE_HOST, CLOUDFLARE_NOT_SENT, "the host's name cannot be resolved"},
    {CURLE_COULDNT_CONNECT, CLOUDFLARE_NOT_SENT, "no connection can be made"},
    {CURLE_PROXY, CLOUDFLARE_NOT_SENT, "the proxy gives no connection"},
    {CURLE_SSL_CONNECT_ERROR, CLOUDFLARE_NOT_SENT, "no TLS connection can be made"},
    {CURLE_WEIRD_SERVER_REPLY, CLOUDFLARE_CUT, "the answer is no HTTP"},
    {CURLE_UNSUPPORTED_PROTOCOL, CLOUDFLARE_CUT, "the answer is no HTTP"}, /* HTTP/0.9; the address was looked at before */
    {CURLE_PARTIAL_FILE, CLOUDFLARE_CUT, "the connection was closed before the whole answer was there"},
    {CURLE_GOT_NOTHING, CLOUDFLARE_CUT, "the connection was closed without an answer"},
    {CURLE_SEND_ERROR, CLOUDFLARE_CUT, "the connection was lost while sending"},
    {CURLE_RECV_ERROR, CLOUDFLARE_CUT, "the connection was lost before the whole answer was there"},
    {CURLE_BAD_CONTENT_ENCODING, CLOUDFLARE_CUT, "the answer's encoding is damaged"},
    /* Some versions say so of one line of the header that is too long. */
    {CURLE_OUT_OF_MEMORY, CLOUDFLARE_HOPELESS, "the answer's header is too large, or memory is short"},
    {CURLE_SSL_CERTPROBLEM, CLOUDFLARE_HOPELESS, "TLS cannot be set up"},
    {CURLE_SSL_CIPHER, CLOUDFLARE_HOPELESS, "TLS cannot be set up"},
    {CURLE_SSL_ISSUER_ERROR, CLOUDFLARE_HOPELESS, "the certificate's issuer is not the right one"},
    {CURLE_SSL_CACERT_BADFILE, CLOUDFLARE_HOPELESS, "the certificate authorities cannot be read (--cacert, SSL_CERT_FILE)"},
};

/* OpenSSL's verdicts on a certificate (X509_V_ERR_...). 0 and 1, which is what stands there at first: it was libcurl that compared
 * the names. */
static const struct {
    long verdict;
    const char *why;
} certificates[] = {
    {0, "the certificate is not for this host"},
    {1, "the certificate is not for this host"},
    {62, "the certificate is not for this host"},
    {64, "the certificate is not for this host"},
    {9, "the certificate is not valid yet"},
    {10, "the certificate has expired"},
    {18, "the certificate is signed by itself; --cacert names an authority to trust"},
    {19, "the certificate's authority is not known here; --cacert names a file with it"},
    {20, "the certificate's authority is not known here; --cacert names a file with it"},
    {21, "the certificate's authority is not known here; --cacert names a file with it"},
    {23, "the certificate was revoked"},
};

static const char *certificate_why(const struct har_cloudflare *client)
{
    const long verdict = cloudflare_get_long(client, CURLINFO_SSL_VERIFYRESULT);
    for (size_t i = 0; i < sizeof certificates / sizeof *certificates; i++)
        if (certificates[i].verdict == verdict)
            return certificates[i].why;
    return "the certificate cannot be verified; --cacert names an authority to trust";
}

/* Sure only: what goes over TLS cannot leave before its handshake is through, and of a connection that is used again nobody
 * knows. */
static bool nothing_left(const struct har_cloudflare *client)
{
    const bool tls = strncmp(client->config.base, "https:", 6) == 0;
    return cloudflare_get_long(client, CURLINFO_REQUEST_SIZE) == 0 ||
           (tls && cloudflare_get_long(client, CURLINFO_NUM_CONNECTS) > 0 &&
            cloudflare_get_off(client, CURLINFO_APPCONNECT_TIME_T) == 0);
}

static const char *timeout_why(const struct har_cloudflare *client, long status, bool left)
{
    if (cloudflare_get_off(client, CURLINFO_TOTAL_TIME_T) / 1000 >= (curl_off_t)client->config.total_ms)
        return "it took longer than --max-time allows";
    if (!left)
        return "no connection came in the time for it (--connect-timeout)";
    return status ? "the answer stopped (--stall-timeout)" : "no answer came in the time for it (--stall-timeout)";
}

/* What a code means that depends on more than the code. */
static void refine(const struct har_cloudflare *client, struct cloudflare_reply *reply, CURLcode code)
{
    const bool left = !nothing_left(client);
    const long proxy = cloudflare_get_long(client, CURLINFO_HTTP_CONNECTCODE);
    if (code == CURLE_OPERATION_TIMEDOUT)
        reply->why = timeout_why(client, reply->status, left);
    if (code == CURLE_PEER_FAILED_VERIFICATION) {
        reply->end = CLOUDFLARE_HOPELESS;
        reply->why = certificate_why(client);
    }
    if (reply->end == CLOUDFLARE_CUT && !left)
        reply->end = CLOUDFLARE_NOT_SENT;
    if (reply->end == CLOUDFLARE_NOT_SENT && proxy >= 300)
        reply->why = proxy == 407 ? "the proxy wants credentials" : "the proxy refuses the connection";
}

void cloudflare_judge_code(const struct har_cloudflare *client, struct cloudflare_reply *reply, int curl_code)
{
    const CURLcode code = (CURLcode)curl_code;
    reply->end = CLOUDFLARE_CUT;
    reply->why = client->curl->easy_strerror(code);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends[i].code == code) {
            reply->end = ends[i].end;
            reply->why = ends[i].why;
            break;
        }
    if (code != CURLE_OK)
        refine(client, reply, code);
}

#else

void cloudflare_judge_code(const struct har_cloudflare *client, struct cloudflare_reply *reply, int curl_code)
{
    (void)client;
    (void)reply;
    (void)curl_code;
}

#endif
