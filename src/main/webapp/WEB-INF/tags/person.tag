<%@ tag body-content="empty" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ attribute name="name" required="true" %>
<%@ attribute name="email" required="true" %>
<dt>Signed in as</dt>
<dd><bdi><c:out value="${name}"/></bdi></dd>
<c:if test="${not empty email and email ne name}">
<dt>E-mail</dt>
<dd><bdi><c:out value="${email}"/></bdi></dd>
</c:if>
