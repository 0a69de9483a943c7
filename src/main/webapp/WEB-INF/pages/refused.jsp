<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="You may not open this page" tone="bad">
<p><c:out value="${view.rule.text()}"/></p>
<dl>
<c:if test="${not empty view.ruleName()}"><dt>Rule</dt>
<dd><bdi><c:out value="${view.ruleName()}"/></bdi></dd></c:if>
<c:if test="${not empty view.name()}"><postern:person name="${view.name()}" email="${view.email()}"/></c:if>
<c:if test="${view.rule eq 'GROUPS' or view.rule eq 'LOCAL_GROUPS' or view.rule eq 'ALL_GROUPS'}">
<dt>Your groups</dt>
<dd><c:if test="${empty view.person.groups}">none</c:if><c:if test="${not empty view.person.groups}"><postern:short_list list="${view.groups()}"/></c:if></dd>
</c:if>
<c:if test="${not empty view.rule.listTitle() and not empty view.admitted}">
<dt><c:out value="${view.rule.listTitle()}"/></dt>
<dd><postern:short_list list="${view.wanted()}"/></dd>
</c:if>
<dt>Reference</dt>
<dd><code><c:out value="${view.reference}"/></code></dd>
</dl>
<c:if test="${not empty view.unknown()}"><p>Your session does not hold <c:out value="${view.unknown()}"/>, which this rule goes by. Signing in again may fetch it.</p></c:if>
<c:choose>
<c:when test="${empty view.name()}"><p>If you should have access, send this page to your administrator.</p></c:when>
<c:otherwise>
<p>If you should have access, send this page to your administrator. If you have another account, sign out and use that one.</p>
<postern:sign_out label="Use another account" form="${view.signOut}"/>
</c:otherwise>
</c:choose>
<c:if test="${not empty view.cure()}">
<section aria-labelledby="admin">
<h2 id="admin">For your administrator</h2>
<p>The sign-in service sent nothing this rule could go by. <c:out value="${view.cure()}"/></p>
</section>
</c:if>
</postern:page>
