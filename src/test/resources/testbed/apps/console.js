"use strict";
const fragment = document.getElementById("fragment");
const answer = document.getElementById("answer");

function showFragment() {
  fragment.textContent = location.hash || "none";
}

async function fetchHeaders() {
  try {
    const response = await fetch("/api/headers", { headers: { Accept: "application/json" } });
    answer.textContent = response.status + "\n" + (await response.text());
  } catch (error) {
    answer.textContent = "No answer: " + error.message;
  }
}

addEventListener("hashchange", showFragment);
document.getElementById("fetch").addEventListener("click", fetchHeaders);
showFragment();
fetchHeaders();
