// A server never sees the part of an address behind "#", and some apps keep their pages there. The browser brought it along
// to this page: hand it on to the sign-in, so that it is still there afterwards. Without scripts the page goes on by itself.
"use strict";
const link = document.getElementById("go");
// a return address can be 2048 characters long; a longer one would be dropped whole
const length = decodeURIComponent(link.search).length + location.hash.length;
location.replace(link.href + (length < 2000 ? encodeURIComponent(location.hash) : ""));
