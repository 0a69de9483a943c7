// A server never sees the part of an address behind "#", and some apps keep their pages there:
// hand it to the sign-in, so that it is still there afterwards. Without this script the page works all the same.
"use strict";
for (const target of document.querySelectorAll('input[name="rd"]')) {
  if (location.hash.length > 1 && !target.value.includes("#")) {
    target.value += location.hash;
  }
}
