<%@ tag body-content="empty" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ attribute name="label" required="true" %>
<%@ attribute name="target" required="true" type="io.github.postern.web.Target" %>
<form action="<c:out value='${site.base}'/>/start" method="get">
  <input type="hidden" name="rd" value="<c:out value='${target.url}'/>">
  <c:if test="${not empty level}">
  <c:if test="${not empty level.acrValues()}"><input type="hidden" name="acr_values" value="<c:out value='${level.acrValues()}'/>"></c:if>
  <c:if test="${not empty level.maxAgeSeconds()}"><input type="hidden" name="max_age" value="<c:out value='${level.maxAgeSeconds()}'/>"></c:if>
  </c:if>
  <button><c:out value="${label}"/></button>
</form>
