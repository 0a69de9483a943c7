<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="Sign in">
<c:if test="${not empty view.notice.text() and not view.notice.isOfPassword()}"><p class="notice" role="status"><c:out value="${view.notice.text()}"/></p></c:if>
<c:choose>
<c:when test="${not empty view.target.host()}"><p>Sign in to go on to <b><bdi><c:out value="${view.target.host()}"/></bdi></b>.</p></c:when>
<c:otherwise><p>You are not signed in.</p></c:otherwise>
</c:choose>
<%-- the operator's own HTML, hence not escaped --%>
<c:if test="${not empty look.banner}"><div class="banner">${look.banner}</div>
</c:if><postern:start label="Sign in with ${site.provider}" target="${view.target}"/>
<%-- a password reaches no level --%><c:if test="${site.passwordForm and empty level}"><postern:password view="${view}"/></c:if>
<script src="<c:out value='${site.prefix}'/>/assets/fragment.js"></script>
</postern:page>
