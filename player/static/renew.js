/** Send the fresh token to the lesson's own origin at once; the button is there for browsers that would not. */

document.getElementById("renew").submit();
