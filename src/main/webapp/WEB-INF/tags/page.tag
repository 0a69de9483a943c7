<%@ tag body-content="scriptless" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ attribute name="title" required="true" %>
<%@ attribute name="tone" required="false" %>
<%@ attribute name="refresh" required="false" %>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title><c:out value="${title}"/></title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
<c:if test="${not empty refresh}">  <noscript><meta http-equiv="refresh" content="0;url=<c:out value='${refresh}'/>"></noscript>
</c:if>  <link rel="icon" type="image/svg+xml" href="<c:out value='${site.prefix}'/>/assets/postern.svg">
  <link rel="stylesheet" href="<c:out value='${site.prefix}'/>/assets/postern.css">
</head>
<body>
<main<c:if test="${not empty tone}"> class="<c:out value='${tone}'/>"</c:if>>
<c:choose>
<c:when test="${empty look.logo}"></c:when>
<c:when test="${look.own}">  <img class="logo own" src="<c:out value='${look.logo}'/>" alt="">
</c:when>
<c:otherwise>  <img class="logo" src="<c:out value='${look.logo}'/>" width="48" height="48" alt="">
</c:otherwise>
</c:choose>
  <h1><c:out value="${title}"/></h1>
<jsp:doBody/>
</main>
<%-- the operator's own HTML, hence not escaped --%>
<c:if test="${not empty look.footer}"><footer>${look.footer}</footer>
</c:if></body>
</html>
