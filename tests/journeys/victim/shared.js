if ("onconnect" in self) self.onconnect = (event) => event.ports[0].postMessage("secret");
