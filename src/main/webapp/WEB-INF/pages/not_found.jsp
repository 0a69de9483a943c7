<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="There is no such page">
<p>Check the address, or go back to where you came from.</p>
<p><a href="<c:out value='${site.prefix}'/>/sign_in">See whether you are signed in</a></p>
</postern:page>
