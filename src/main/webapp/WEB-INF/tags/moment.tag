<%@ tag body-content="empty" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ attribute name="moment" required="true" type="io.github.postern.web.Moment" %>
<c:choose>
<c:when test="${empty moment.iso}"><c:out value="${moment.text}"/></c:when>
<c:otherwise><time datetime="<c:out value='${moment.iso}'/>"><c:out value="${moment.text}"/></time></c:otherwise>
</c:choose>
