<%@ page session="false" pageEncoding="UTF-8" contentType="text/html; charset=UTF-8" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="postern" tagdir="/WEB-INF/tags" %>
<postern:page title="Your sessions">
<c:if test="${not empty view.notice.text()}"><p class="notice" role="status"><c:out value="${view.notice.text()}"/></p></c:if>
<c:choose>
<c:when test="${not view.kept}">
<p>You are signed in. Your session is kept in this browser only, so this page cannot tell where else you are signed in, and cannot sign you out there.</p>
<form action="<c:out value='${site.base}'/>/sign_out" method="post">
  <button>Sign out here</button>
</form>
<p><a href="<c:out value='${site.base}'/>/sign_in">Your account</a></p>
<section aria-labelledby="admin">
<h2 id="admin">For your administrator</h2>
<p>Sessions are listed here once they are kept on the server: set <code>session-store-type</code> to <code>redis</code> or <code>tomcat</code>.</p>
</section>
</c:when>
<c:otherwise>
<c:if test="${empty view.mine}"><p>You have no session here.</p></c:if>
<c:if test="${not empty view.mine}">
<p>You are signed in with these browsers. If you do not know one of them, sign it out, then change your password.</p>
<ul class="sessions">
<c:forEach items="${view.mine}" var="row" varStatus="place"><postern:session row="${row}" id="s${place.index}"/></c:forEach>
</ul>
<c:if test="${view.hasOthers()}">
<form action="<c:out value='${site.base}'/>/sessions" method="post">
  <input type="hidden" name="end" value="others">
  <button>Sign out everywhere else</button>
</form>
<form class="secondary" action="<c:out value='${site.base}'/>/sessions" method="post">
  <input type="hidden" name="end" value="all">
  <button>Sign out everywhere, here too</button>
</form>
<p class="hint">A browser that is still signed in at <c:out value="${site.provider}"/> can sign in here again without a password. End its session there too.</p>
</c:if>
</c:if>
<p><a href="<c:out value='${site.base}'/>/sign_in">Your account</a></p>
<c:if test="${view.search.offered}">
<section aria-labelledby="find">
<h2 id="find">Somebody else's sessions</h2>
<form action="<c:out value='${site.base}'/>/sessions" method="get" role="search">
  <label for="who">E-mail address, user name or subject</label>
  <input id="who" name="who" value="<c:out value='${view.search.who}'/>" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="whole" required>
  <p class="hint" id="whole">The whole of it, not the beginning.</p>
  <button>Find</button>
</form>
<c:if test="${not empty view.search.who and empty view.search.found}"><p class="notice" role="status">Nobody called <bdi><c:out value="${view.search.who}"/></bdi> is signed in.</p></c:if>
<c:forEach items="${view.search.found}" var="found" varStatus="person">
<h3><bdi><c:out value="${found.person.name}"/></bdi></h3>
<dl>
<c:if test="${not empty found.person.email}"><dt>E-mail</dt>
<dd><bdi><c:out value="${found.person.email}"/></bdi></dd></c:if>
<dt>Subject</dt>
<dd><bdi><c:out value="${found.subject}"/></bdi></dd>
</dl>
<ul class="sessions">
<c:forEach items="${found.sessions}" var="row" varStatus="place"><postern:session row="${row}" id="f${person.index}-${place.index}" subject="${found.subject}" who="${view.search.who}"/></c:forEach>
</ul>
<form action="<c:out value='${site.base}'/>/sessions" method="post">
  <input type="hidden" name="end" value="all">
  <input type="hidden" name="subject" value="<c:out value='${found.subject}'/>">
  <input type="hidden" name="who" value="<c:out value='${view.search.who}'/>">
  <button>Sign out <bdi><c:out value="${found.person.name}"/></bdi> everywhere</button>
</form>
</c:forEach>
</section>
</c:if>
</c:otherwise>
</c:choose>
</postern:page>
