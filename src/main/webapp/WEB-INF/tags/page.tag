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
  <img class="logo" src="<c:out value='${site.prefix}'/>/assets/postern.svg" width="48" height="48" alt="">
  <h1><c:out value="${title}"/></h1>
<jsp:doBody/>
</main>
</body>
</html>
