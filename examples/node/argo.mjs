// The three calls of Argo Server that it takes to hand over a Workflow and to see it through.

/** Reconnects so often when a stream breaks before the Workflow has ended. */
const MOST_RECONNECTS = 20;
const ENDED = new Set(["Succeeded", "Failed", "Error"]);
/** What of a Workflow is sent while it is followed. */
const FIELDS = ["type", "object.metadata.name", "object.status.phase", "object.status.message", "object.status.nodes"];

/** An answer of Argo Server that is none. */
export class ArgoError extends Error {
  constructor(status, message) {
    super(`Argo Server answered ${status}: ${message}`);
    this.status = status;
  }
}

/** Argo Server, by its address; a token as `argo auth token` prints it, or none. */
export class Argo {
  #url;
  #headers;

  constructor(url, token) {
    this.#url = url.replace(/\/$/, "");
    this.#headers = token ? { authorization: token.includes(" ") ? token : `Bearer ${token}` } : {};
  }

  /**
   * Creates a Workflow: `created`, or `already-there` when this very Workflow is. Its name is made of the request's id and attempt,
   * its labels hold both and a hash of what it does: a 409 with the same labels is this one, with others it is not ours.
   */
  async submit(workflow) {
    const { name, namespace, labels } = workflow.metadata;
    try {
      await this.#json(`/api/v1/workflows/${namespace}`, { method: "POST", body: JSON.stringify({ workflow }) });
      return "created";
    } catch (error) {
      if (error.status !== 409) throw error;
    }
    const there = await this.#json(`/api/v1/workflows/${namespace}/${name}?fields=metadata.labels`);
    const other = Object.entries(labels).find(([key, value]) => there.metadata.labels?.[key] !== value);
    if (other === undefined) return "already-there";
    throw new ArgoError(409, `another Workflow is called ${name}: its label ${other[0]} differs`);
  }

  /** Tells of every change until the Workflow has ended; gives its last status. */
  async follow({ name, namespace }, changed) {
    for (let attempt = 0; attempt <= MOST_RECONNECTS; attempt += 1) {
      // A new stream begins with the Workflow as it stands: nothing is missed in between.
      for await (const { type, object } of this.#events(namespace, name)) {
        if (type === "DELETED") throw new Error(`${name} was deleted before it had ended`);
        changed(object.status ?? {});
        if (ENDED.has(object.status?.phase)) return object.status;
      }
      await new Promise((resume) => setTimeout(resume, 500));
    }
    throw new Error(`${name} can't be followed: the stream of events keeps breaking`);
  }

  async *#events(namespace, name) {
    const query = new URLSearchParams({
      "listOptions.fieldSelector": `metadata.name=${name}`,
      fields: FIELDS.map((field) => `result.${field}`).join(),
    });
    const response = await this.#fetch(`/api/v1/workflow-events/${namespace}?${query}`, {
      headers: { accept: "text/event-stream" },
    });
    let rest = "";
    try {
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        const lines = (rest + text).split("\n");
        rest = lines.pop();
        for (const line of lines.filter((line) => line.startsWith("data:"))) {
          const { result } = JSON.parse(line.slice("data:".length));
          if (result === undefined) return;
          yield result;
        }
      }
    } catch (error) {
      // `terminated`: the connection broke. Whoever follows connects again.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  async #json(path, init) {
    return (await this.#fetch(path, init)).json();
  }

  async #fetch(path, { headers, ...init } = {}) {
    const response = await fetch(this.#url + path, {
      ...init,
      headers: { "content-type": "application/json", ...this.#headers, ...headers },
    });
    if (response.ok) return response;
    const text = await response.text();
    throw new ArgoError(response.status, messageOf(text) ?? text.slice(0, 200));
  }
}

function messageOf(text) {
  try {
    return JSON.parse(text).message;
  } catch {
    return undefined;
  }
}
