<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists the requests of a capture that took at least $least milliseconds, the slowest first: time, status, method, address,
     separated by tabs. XSLT 1.0:
         harmill convert capture.har -o capture.xml
         xsltproc -param least 500 -o slow.txt slow-requests.xsl capture.xml
     (xsltproc's own spelling of the option has two dashes, which a comment cannot hold.) -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:h="urn:harmill:har:1">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="least" select="0"/>

  <xsl:template match="/">
    <xsl:for-each select="h:har/h:log/h:entries/h:entry[h:time &gt;= $least]">
      <xsl:sort select="h:time" data-type="number" order="descending"/>
      <xsl:value-of select="format-number(h:time, '0.0')"/>
      <xsl:text>&#9;</xsl:text>
      <xsl:value-of select="h:response/h:status"/>
      <xsl:text>&#9;</xsl:text>
      <xsl:value-of select="h:request/h:method"/>
      <xsl:text>&#9;</xsl:text>
      <xsl:value-of select="h:request/h:url"/>
      <xsl:text>&#10;</xsl:text>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
