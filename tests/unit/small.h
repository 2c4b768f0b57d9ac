/* Pieces of small captures, in the notation of memory.h. */
#ifndef UNIT_SMALL_H
#define UNIT_SMALL_H

#define CREATOR "'creator':{'name':'a','version':'1'}"
#define DATE    "'startedDateTime':'2020-01-01T00:00:00Z'"
#define SIZES   "'headersSize':-1,'bodySize':-1"
#define REQUEST "{'method':'GET','url':'http://a/','httpVersion':'HTTP/1.1','cookies':[],'headers':[],'queryString':[]," SIZES "}"
#define RESPONSE                                                                                                                   \
    "{'status':200,'statusText':'','httpVersion':'HTTP/1.1','cookies':[],'headers':[]," CONTENT ",'redirectURL':''," SIZES "}"
#define CONTENT "'content':{'size':0,'mimeType':''}"
#define TIMINGS "'timings':{'send':0,'wait':0,'receive':0}"

/* An entry that lacks nothing, and one with more members at its end. */
#define ENTRY_WITH(more) "{" DATE ",'time':0,'request':" REQUEST ",'response':" RESPONSE ",'cache':{}," TIMINGS more "}"
#define ENTRY            ENTRY_WITH("")

/* An entry whose request or response has more members at its end. */
#define ENTRY_REQUEST(more)                                                                                                        \
    "{" DATE ",'time':0,'request':{'method':'GET','url':'http://a/','httpVersion':'HTTP/1.1','cookies':[],'headers':[],"           \
    "'queryString':[]," SIZES more "},'response':" RESPONSE ",'cache':{}," TIMINGS "}"

/* A page that lacks nothing. */
#define PAGE "{" DATE ",'id':'p','title':'','pageTimings':{}}"

/* A whole capture of some entries, or of a log with more members before the entries. */
#define HAR_LOG(version, more, entries) "{'log':{'version':'" version "'," CREATOR more ",'entries':[" entries "]}}"
#define HAR(entries)                    HAR_LOG("1.2", "", entries)

#endif
