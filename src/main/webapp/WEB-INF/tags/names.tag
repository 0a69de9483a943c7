<%@ tag body-content="empty" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ attribute name="names" required="true" type="java.util.List" %>
<ul class="names">
<c:forEach items="${names}" var="name"><li><bdi><c:out value="${name}"/></bdi></li>
</c:forEach></ul>
