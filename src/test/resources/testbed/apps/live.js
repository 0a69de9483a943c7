"use strict";
const heard = document.getElementById("heard");
const text = document.getElementById("text");
const socket = new WebSocket((location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/socket");

function show(line) {
  heard.textContent += line + "\n";
}

socket.addEventListener("message", (event) => show(event.data));
socket.addEventListener("close", () => show("closed"));
document.getElementById("say").addEventListener("submit", (event) => {
  event.preventDefault();
  socket.send(text.value);
  text.value = "";
});
