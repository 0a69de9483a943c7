<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="Sign out?">
<p>You are signed in as <b><bdi><c:out value="${view.person.name}"/></bdi></b>.</p>
<p>Signing out ends your session on all sites that share this sign-in.</p>
<postern:sign_out label="Sign out" form="${view.signOut}"/>
<p><a href="<c:out value='${site.base}'/>/sign_in">Stay signed in</a></p>
</postern:page>
