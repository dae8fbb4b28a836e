// Makes the README's picture: a bad name with its suggestion, an option that can't be chosen, and what the policy check says
// about a default that has just been changed.
//   node test/image.mjs FILE
import { startPage } from "./page.mjs";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: node test/image.mjs FILE");
const page = await startPage();
try {
  const tab = await page.open({ width: 1280, height: 780 });
  const editor = tab.getByRole("textbox", { name: "Blueprint document, YAML" });
  await page.write(editor, (await editor.inputValue()).replace("default: small", "default: micro"));
  await tab.locator("#problems .problem.warning button").first().click();
  await tab.getByLabel("Name", { exact: true }).fill("Payments_Checkout");
  await tab.locator("[data-field=namespaceName] .suggestion").waitFor();
  await tab.evaluate(() => document.fonts.ready);
  await tab.screenshot({ path: file });
} finally {
  await page.stop();
}
