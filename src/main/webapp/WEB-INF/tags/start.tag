<%@ tag body-content="empty" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ attribute name="label" required="true" %>
<%@ attribute name="target" required="true" type="io.github.postern.web.Target" %>
<form action="<c:out value='${site.base}'/>/start" method="get">
  <input type="hidden" name="rd" value="<c:out value='${target.url}'/>">
  <button><c:out value="${label}"/></button>
</form>
