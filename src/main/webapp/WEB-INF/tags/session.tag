<%@ tag body-content="empty" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<%@ attribute name="row" required="true" type="io.github.postern.web.SessionRow" %>
<%@ attribute name="id" required="true" %>
<%@ attribute name="subject" required="false" %>
<%@ attribute name="who" required="false" %>
<li>
<p class="device"><span id="<c:out value='${id}'/>"><bdi><c:out value="${row.device}"/></bdi></span><c:if test="${row.current}"> <span class="badge">this one</span></c:if></p>
<dl>
<dt>From</dt>
<dd><c:choose><c:when test="${empty row.address}">unknown</c:when><c:otherwise><bdi><c:out value="${row.address}"/></bdi></c:otherwise></c:choose></dd>
<dt>Since</dt>
<dd><postern:moment moment="${row.since}"/></dd>
<dt>Last seen</dt>
<dd><postern:moment moment="${row.seen}"/></dd>
</dl>
<c:choose>
<c:when test="${row.current}">
<form action="<c:out value='${site.base}'/>/sign_out" method="post">
</c:when>
<c:otherwise>
<form action="<c:out value='${site.base}'/>/sessions" method="post">
  <input type="hidden" name="end" value="one">
  <input type="hidden" name="handle" value="<c:out value='${row.handle}'/>">
<c:if test="${not empty subject}">  <input type="hidden" name="subject" value="<c:out value='${subject}'/>">
  <input type="hidden" name="who" value="<c:out value='${who}'/>">
</c:if>
</c:otherwise>
</c:choose>
  <button id="<c:out value='${id}'/>-end" aria-labelledby="<c:out value='${id}'/>-end <c:out value='${id}'/>">Sign out</button>
</form>
</li>
