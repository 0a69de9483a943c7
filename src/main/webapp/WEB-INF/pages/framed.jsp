<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="Please sign in">
<p>This part of the page needs you to sign in. The sign-in opens in the whole window.</p>
<p><a class="button" href="<c:out value='${site.base}/start?${level.query()}${empty level ? "" : "&"}rd=${view.target.encoded()}'/>" target="_top">Sign in with <c:out value="${site.provider}"/></a></p>
</postern:page>
