<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="One moment" refresh="${site.base}/start?${level.query()}${empty level ? '' : '&'}rd=${view.encoded()}">
<p>You are on your way to the sign-in.</p>
<p><a class="button" id="go" href="<c:out value='${site.base}/start?${level.query()}${empty level ? "" : "&"}rd=${view.encoded()}'/>">Sign in with <c:out value="${site.provider}"/></a></p>
<script src="<c:out value='${site.prefix}'/>/assets/continue.js"></script>
</postern:page>
