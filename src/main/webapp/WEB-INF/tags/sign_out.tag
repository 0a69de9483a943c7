<%@ tag body-content="empty" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ attribute name="label" required="true" %>
<%@ attribute name="form" required="true" type="io.github.postern.web.SignOutForm" %>
<form action="<c:out value='${site.base}'/>/sign_out" method="post">
  <input type="hidden" name="rd" value="<c:out value='${form.target.url}'/>">
  <button><c:out value="${label}"/></button>
</form>
