// Drives the page as people do, in Chromium: mistakes at the field, greyed-out options, mistakes in a document, shared links, the
// keyboard, and axe-core on every view.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startPage } from "./page.mjs";

const OWN_BLUEPRINT = `apiVersion: berth.dev/v1alpha1
kind: Blueprint
metadata: { name: queue, title: Message queue }
spec:
  scope: { name: name, team: team, environment: environment }
  parameters:
    name: { type: string, title: Name, pattern: '^[a-z]([a-z0-9-]*[a-z0-9])?$', maxLength: 40, required: true }
    team: { type: string, title: Team, pattern: '^[a-z]([a-z0-9-]*[a-z0-9])?$', maxLength: 32, required: true }
    environment: { type: string, title: Environment, optionsFrom: platform.environments, required: true }
    replicas: { type: integer, title: Replicas, minimum: 1, maximum: 9, default: 1 }
    public: { type: boolean, title: Public, default: false }
    speed: { type: string, title: Speed, enum: [slow, fast], default: slow }
  rules:
    - id: public-needs-replicas
      when: { public: { in: [true] } }
      require: { replicas: { atLeast: 5 } }
      message: what is public needs at least five replicas
  steps:
    - id: namespace
      title: Namespace
      manifests:
        - { apiVersion: v1, kind: Namespace, metadata: { name: "\${parameters.name}" } }
`;

let page;
before(async () => {
  page = await startPage();
});
after(() => page?.stop());

test("a bad name is told at its field, and one click mends it", async () => {
  const tab = await page.open();
  const name = tab.getByLabel("Name", { exact: true });
  await name.fill("Payments_Checkout");
  const field = tab.locator("[data-field=namespaceName]");
  await field.getByText("does not match").waitFor();
  assert.equal(await name.getAttribute("aria-invalid"), "true");
  assert.match(await tab.locator("#verdict-text").innerText(), /^1 thing to mend$/);

  await field.getByRole("button", { name: "Use payments-checkout" }).click();
  assert.equal(await name.inputValue(), "payments-checkout");
  assert.equal(await name.getAttribute("aria-invalid"), null);
  assert.match(await tab.locator("#verdict-text").innerText(), /^Valid, needs approval$/);
  assert.equal(await tab.evaluate(() => document.activeElement.id), "field-namespaceName");
});

test("options that can't be chosen are grey and say why, and the choice of another environment frees them", async () => {
  const tab = await page.open();
  const micro = tab.getByRole("radio", { name: "Micro" });
  assert.equal(await micro.isDisabled(), true);
  assert.match(await micro.evaluate(describe), /Production namespaces need at least the small tier/);
  await tab.getByRole("radio", { name: "Development" }).check();
  assert.equal(await micro.isDisabled(), false);
  assert.match(await tab.locator("#verdict-text").innerText(), /nobody needs to approve/);
});

test("an option that became wrong stays, says so, and its hint is a button", async () => {
  const tab = await page.open();
  await tab.getByRole("radio", { name: "Development" }).check();
  await tab.getByRole("radio", { name: "Micro" }).check();
  await tab.getByRole("radio", { name: "Production" }).check();
  const size = tab.locator("[data-field=resourceTier]");
  assert.equal(await size.locator("[data-code='rule.production-needs-capacity']").count(), 1);
  await size.getByRole("button", { name: "Choose Medium" }).click();
  assert.equal(await tab.getByRole("radio", { name: "Medium" }).isChecked(), true);
  assert.equal(await size.locator(".violation").count(), 0);
});

test("the cost follows every choice, and what the team has already counts against the budget", async () => {
  const tab = await page.open();
  const cost = tab.locator("#verdict-cost");
  assert.equal(await cost.innerText(), "260.00 USD a month");
  await tab.getByRole("checkbox", { name: "GPU" }).check();
  assert.equal(await cost.innerText(), "760.00 USD a month");
  await tab.getByText("What if").click();
  await tab.getByLabel("What they cost a month").fill("3900");
  await tab.locator(".budget.beyond").waitFor();
  assert.match(await tab.locator(".budget").innerText(), /660\.00 USD too much/);
});

test("a mistake in the blueprint is told with its place, and the form goes on with the last good one", async () => {
  const tab = await page.open();
  const editor = tab.getByRole("textbox", { name: "Blueprint document, YAML" });
  const text = await editor.inputValue();
  const line = text.split("\n").findIndex((row) => row.includes("atLeast: small")) + 1;
  await editor.focus();
  await editor.evaluate((field) => {
    const at = field.value.indexOf("atLeast: small") + "atLeast: small".length;
    field.setSelectionRange(at, at);
  });
  await tab.keyboard.press("Backspace");
  const problem = tab.locator("#problems .problem.error").first();
  await problem.waitFor();
  assert.match(await problem.innerText(), new RegExp(`blueprint:${line}:\\d+`));
  assert.match(await tab.locator("#policy-status").innerText(), new RegExp(`1 error: blueprint, line ${line}`));
  assert.equal(await tab.locator("#stale").isVisible(), true);
  assert.equal(await tab.locator(".marked.error .squiggle").count(), 1);
  assert.equal(await tab.getByRole("radio", { name: "Medium" }).isChecked(), true);

  await problem.getByRole("button").first().click();
  const at = await editor.evaluate((field) => field.value.slice(0, field.selectionStart).split("\n").length);
  assert.equal(at, line);
  assert.equal(await tab.locator(".marked.error").isVisible(), true);
  assert.ok(await editor.evaluate((field) => field.scrollTop > 0 && field.scrollHeight > field.clientHeight));

  await tab.keyboard.press("ControlOrMeta+Z");
  assert.equal(await editor.inputValue(), text);
  await tab.locator("#stale").waitFor({ state: "hidden" });
});

test("a new rule and a new option act at once, and the policy check finds what was not meant", async () => {
  const tab = await page.open();
  const editor = tab.getByRole("textbox", { name: "Blueprint document, YAML" });
  const text = await editor.inputValue();
  await page.write(editor, text.replace("title: Nightly backup, monthlyCost: 2000", "title: Hourly backup, monthlyCost: 9900"));
  await tab.locator("#form").getByText("Hourly backup").waitFor();
  assert.equal(await tab.locator("#verdict-cost").innerText(), "339.00 USD a month");

  await page.write(editor, text.replace("default: small", "default: micro"));
  const warning = tab.locator("#problems .problem.warning").first();
  await warning.waitFor();
  await warning.getByRole("button", { name: "Try a request that shows it" }).click();
  assert.equal(await tab.locator("[data-field=resourceTier] .violation").count(), 1);
});

test("a blueprint of one's own gets its form: numbers, yes and no, options written out", async () => {
  const tab = await page.open();
  const editor = tab.getByRole("textbox", { name: "Blueprint document, YAML" });
  await page.write(editor, OWN_BLUEPRINT);
  const replicas = tab.getByLabel("Replicas", { exact: true });
  await replicas.fill("12");
  await tab.locator("[data-field=replicas] [data-code=too-large]").waitFor();
  await replicas.fill("many");
  await tab.locator("[data-field=replicas] [data-code=type]").waitFor();
  await replicas.fill("3");
  await tab.getByLabel("Name", { exact: true }).fill("payments-queue");
  await tab.getByRole("checkbox", { name: "Public" }).check();
  await tab.locator("[data-field=replicas] [data-code='rule.public-needs-replicas']").waitFor();
  await tab.getByRole("radio", { name: "fast" }).check();
  await tab.getByRole("tab", { name: "Decision" }).click();
  const shown = await tab.getByRole("region", { name: "Decision" }).innerText();
  assert.match(shown, /"replicas": 3,/);
  assert.match(shown, /"public": true/);
  assert.match(shown, /"speed": "fast"/);
  // What the form had of the other blueprint is no part of this one.
  assert.doesNotMatch(shown, /resourceTier/);

  await page.write(editor, OWN_BLUEPRINT.replace(/ +speed: .*\n/, ""));
  const stranger = tab.locator(".general .violation", { hasText: "There is no parameter speed" });
  await stranger.getByRole("button", { name: "Leave it out" }).click();
  await stranger.waitFor({ state: "detached" });
});

test("plan, manifests and Workflow are there, and can be copied", async () => {
  const tab = await page.open();
  assert.match(await tab.locator("#panel-plan").innerText(), /Quota and limits/);
  await tab.getByRole("tab", { name: "Manifests" }).click();
  const manifests = tab.getByRole("region", { name: "Manifests" });
  assert.match(await manifests.innerText(), /kind: ResourceQuota/);
  await tab.getByRole("tab", { name: "Workflow" }).click();
  await tab.getByRole("button", { name: "Copy" }).click();
  await tab.getByText("Copied").waitFor();
  assert.match(await tab.evaluate(() => navigator.clipboard.readText()), /kind: Workflow/);
});

test("a link carries documents and request to somebody else", async () => {
  const tab = await page.open();
  await tab.getByLabel("Name", { exact: true }).fill("payments-ledger");
  const platform = tab.getByRole("tab", { name: "Platform" });
  await platform.click();
  const editor = tab.getByRole("textbox", { name: "Platform document, YAML" });
  await page.write(editor, (await editor.inputValue()).replace("code: USD", "code: EUR"));
  await tab.locator("#verdict-cost", { hasText: "260.00 EUR" }).waitFor();
  await tab.getByRole("button", { name: "Share" }).click();
  await tab.getByText("Link copied").waitFor();

  const other = await page.open({ url: await tab.evaluate(() => navigator.clipboard.readText()) });
  assert.equal(await other.getByLabel("Name", { exact: true }).inputValue(), "payments-ledger");
  assert.equal(await other.locator("#verdict-cost").innerText(), "260.00 EUR a month");
});

test("a link that can't be read is as good as none", async () => {
  for (const hash of ["#1.%%%", "#1.AAAA", "#2.abc"]) {
    const tab = await page.open({ hash });
    assert.match(await tab.locator("#verdict-text").innerText(), /^Valid/);
  }
});

test("the keyboard reaches everything, and Tab leaves the editor", async () => {
  const tab = await page.open();
  const tabs = tab.getByRole("tab", { name: "Blueprint" });
  await tabs.focus();
  await tab.keyboard.press("ArrowRight");
  assert.equal(await tab.getByRole("tab", { name: "Platform" }).getAttribute("aria-selected"), "true");
  await tab.keyboard.press("Tab");
  assert.equal(await tab.evaluate(() => document.activeElement.id), "editor-platform");
  await tab.keyboard.press("Tab");
  assert.notEqual(await tab.evaluate(() => document.activeElement.id), "editor-platform");
});

for (const scheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    test(`axe-core finds nothing at ${width} px, ${scheme}`, async () => {
      const tab = await page.open({ scheme, width });
      for (const view of ["form", "policy"]) {
        await tab.locator(`input[name=view][value=${view}]`).check({ force: true });
        assert.deepEqual(await page.violations(tab), []);
        assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), width);
      }
      await page.write(tab.locator("#editor-blueprint"), "kind: Blueprin\n");
      await tab.locator("#problems .problem.error").first().waitFor();
      assert.deepEqual(await page.violations(tab), []);
      await tab.locator("input[name=view][value=form]").check({ force: true });
      await tab.getByLabel("Name", { exact: true }).fill("-");
      await tab.locator("[data-field=namespaceName] .violation").waitFor();
      for (const panel of ["Manifests", "Workflow", "Decision"]) {
        await tab.getByRole("tab", { name: panel }).click();
        assert.deepEqual(await page.violations(tab), []);
      }
    });
  }
}

/** What a screen reader says besides the name. */
function describe(element) {
  const ids = (element.getAttribute("aria-describedby") ?? "").split(" ");
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}
