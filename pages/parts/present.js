// Full screen for whoever presents: by the key F and by the button, as only a press in the page itself may ask for it.
// Where the browser does not allow it, as in a frame without that permission, nothing is offered and nothing is said.
(() => {
  const root = document.documentElement;
  if (root.dataset.fills || !document.fullscreenEnabled || !root.requestFullscreen) return;
  root.dataset.fills = "yes"; // shows the button, and keeps a second run of this from listening twice
  const presenting = () => document.querySelector(".st-key-slide-full");
  const refused = () => {};
  const fill = () => root.requestFullscreen().catch(refused);
  const leave = () => document.exitFullscreen().catch(refused);
  const typed = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable=true]");

  // Before anybody else hears of the key: Escape leaves the full screen first, and the slides only when it is pressed again.
  window.addEventListener("keydown", (event) => {
    const alone = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat);
    if (event.key === "Escape" && document.fullscreenElement) {
      event.stopImmediatePropagation();
      leave();
    } else if (event.key.toLowerCase() === "f" && alone && presenting() && !typed(event.target)) {
      document.fullscreenElement ? leave() : fill();
    }
  }, true);

  document.addEventListener("click", (event) => {
    const pressed = (key) => event.target instanceof Element && event.target.closest(`.st-key-${key} button`);
    if (pressed("slide-full")) document.fullscreenElement ? leave() : fill();
    if (pressed("slide-leave") && document.fullscreenElement) leave();
  }, true);
})();
