<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="${view.failure.title()}" tone="bad">
<p><c:out value="${view.failure.explanation()}"/></p>
<p><c:out value="${view.failure.advice()}"/></p>
<c:if test="${view.failure.retry()}"><postern:start label="Try again" target="${view.target}"/></c:if>
<section aria-labelledby="admin">
<h2 id="admin">For your administrator</h2>
<c:if test="${not empty view.failure.cure()}"><p><c:out value="${view.failure.cure()}"/></p></c:if>
<dl>
<c:forEach items="${view.facts}" var="fact">
<dt><c:out value="${fact.name}"/></dt>
<dd><code><c:out value="${fact.value}"/></code></dd>
</c:forEach>
<dt>Reference</dt>
<dd><code><c:out value="${view.reference}"/></code></dd>
</dl>
</section>
</postern:page>
