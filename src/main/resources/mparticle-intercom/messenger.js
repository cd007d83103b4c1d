// Boots Intercom's Messenger on this page and opens it from the page's own widget element.
(function (settings) {
  "use strict";
  if (typeof window.Intercom !== "function") {
    // calls wait here until the Messenger has loaded and takes them over
    var waiting = function () {
      waiting.c(arguments);
    };
    waiting.q = [];
    waiting.c = function (call) {
      waiting.q.push(call);
    };
    window.Intercom = waiting;
    var script = document.createElement("script");
    script.async = true;
    script.src = "https://widget.intercom.io/widget/" + encodeURIComponent(settings.app_id);
    document.head.appendChild(script);
  }
  // what the page tells of its visitor goes along
  window.Intercom("boot", Object.assign({}, window.intercomSettings, settings));

  function isWidget(element) {
    try {
      return element instanceof Element && element.closest(settings.widget.activator) !== null;
    } catch (e) {
      return false; // the Widget ID is no selector
    }
  }

  document.addEventListener("click", function (event) {
    if (isWidget(event.target)) {
      event.preventDefault();
      window.Intercom("show");
    }
  });
})
