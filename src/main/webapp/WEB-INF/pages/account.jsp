<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="You are signed in">
<dl>
<postern:person name="${view.person.name}" email="${view.person.email}"/>
<dt>Groups</dt>
<dd>
<c:if test="${empty view.person.groups}">none</c:if>
<c:if test="${not empty view.person.groups}"><postern:names names="${view.person.firstGroups()}"/></c:if>
<c:if test="${not empty view.person.moreGroups()}">
<details>
<summary>and <c:out value="${view.person.moreGroups().size()}"/> more</summary>
<postern:names names="${view.person.moreGroups()}"/>
</details>
</c:if>
</dd>
<dt>Since</dt>
<dd><postern:moment moment="${view.since}"/></dd>
<dt>Until</dt>
<dd><postern:moment moment="${view.until}"/></dd>
</dl>
<c:if test="${not empty view.signOut.target.host()}"><p><a href="<c:out value='${view.signOut.target.url}'/>">Go on to <bdi><c:out value="${view.signOut.target.host()}"/></bdi></a></p></c:if>
<postern:sign_out label="Sign out" form="${view.signOut}"/>
<c:if test="${view.listed}"><p><a href="<c:out value='${site.base}'/>/sessions">Where you are signed in</a></p></c:if>
</postern:page>
