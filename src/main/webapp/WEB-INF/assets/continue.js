// A server never sees the part of an address behind "#", and some apps keep their pages there. The browser brought it along
// to this page: hand it on to the sign-in, so that it is still there afterwards. Without scripts the page goes on by itself.
"use strict";
const link = document.getElementById("go");
location.replace(link.href + encodeURIComponent(location.hash));
