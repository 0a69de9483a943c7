<%@ tag body-content="empty" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<%@ attribute name="list" required="true" type="io.github.postern.web.ShortList" %>
<postern:names names="${list.shown}"/>
<c:if test="${list.hidden gt 0}"><p>and <c:out value="${list.hidden}"/> more</p></c:if>
