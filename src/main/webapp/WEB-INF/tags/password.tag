<%@ tag body-content="empty" pageEncoding="UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ attribute name="view" required="true" type="io.github.postern.web.SignInView" %>
<c:set var="problem" value="${view.notice.isOfPassword()}"/>
<section class="password" aria-labelledby="password-title">
<h2 id="password-title">Or with a password of this site</h2>
<form action="<c:out value='${site.base}'/>/sign_in" method="post">
  <input type="hidden" name="rd" value="<c:out value='${view.target.url}'/>">
<c:if test="${problem}">  <p class="problem" role="alert" id="problem"><c:out value="${view.notice.text()}"/></p>
</c:if>  <label for="username">User name</label>
  <input id="username" name="username" value="<c:out value='${view.username}'/>" autocomplete="username" autocapitalize="none" spellcheck="false" required<c:if test="${problem}"> aria-describedby="problem"</c:if><c:if test="${problem and empty view.username}"> autofocus</c:if>>
  <label for="password">Password</label>
  <input id="password" name="password" type="password" autocomplete="current-password" required<c:if test="${problem}"> aria-describedby="problem"</c:if><c:if test="${problem and not empty view.username}"> autofocus</c:if>>
  <button>Sign in</button>
</form>
</section>
