<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="You are signed out">
<c:choose>
<c:when test="${view.everywhere}"><p>Your session is over. You can close this window.</p></c:when>
<c:otherwise><p class="notice" role="status">You may still be signed in at <c:out value="${site.provider}"/>. On a shared computer, close the browser.</p></c:otherwise>
</c:choose>
<postern:start label="Sign in again" target="${view.target}"/>
</postern:page>
