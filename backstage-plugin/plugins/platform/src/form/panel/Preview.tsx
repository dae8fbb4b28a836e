// What exactly would be created: the plan, the manifests, the Workflow. Only the tab that is open is rendered, and after the answer to a
// keystroke has been painted.
import { Tab, TabList, TabPanel, Tabs, Text } from '@backstage/ui';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Blueprint } from '../model/fields';
import type { Parameters, Policy } from '../policy';
import type { RequestForm } from '../useRequestForm';
import { PlanView } from './PlanView';
import styles from './panel.module.css';
import { YamlView } from './YamlView';

interface Shown {
  policy: Policy;
  blueprint: Blueprint;
  parameters: Parameters;
  isValid: boolean;
}

export function Preview({ form }: { form: RequestForm }) {
  const { policy, blueprint, parameters, decision } = form;
  // A name that turns out to be taken has a plan all the same.
  const now = useMemo(
    () => ({ policy, blueprint, parameters, isValid: policy.decide(blueprint.metadata.name, parameters, {}, false).valid }),
    [policy, blueprint, parameters],
  );
  const shown = useDeferredValue(now);
  const [tab, setTab] = useState('plan');
  return (
    <Tabs selectedKey={tab} onSelectionChange={key => setTab(String(key))}>
      <TabList aria-label="What would be created">
        <Tab id="plan">Plan</Tab>
        <Tab id="manifests">Manifests</Tab>
        <Tab id="workflow">Workflow</Tab>
      </TabList>
      <TabPanel id="plan" className={styles.tab}>
        {shown.isValid ? <Plan {...shown} /> : <NotYet />}
      </TabPanel>
      <TabPanel id="manifests" className={styles.tab}>
        {shown.isValid ? <Yaml {...shown} target="manifests" about="The exact objects, as Argo will apply them." /> : <NotYet />}
      </TabPanel>
      <TabPanel id="workflow" className={styles.tab}>
        {shown.isValid ? <Yaml {...shown} target="workflow" about="What Argo Workflows is given. The request's id comes when you send it." /> : <NotYet />}
      </TabPanel>
      <p className={styles.digest}>{`Decided here by policy ${policy.digest.replace('sha256:', '').slice(0, 12)}, core ${decision.coreVersion}`}</p>
    </Tabs>
  );
}

function Plan({ policy, blueprint, parameters }: Shown) {
  const plan = useMemo(() => policy.plan(blueprint.metadata.name, parameters), [policy, blueprint, parameters]);
  return <PlanView plan={plan} blueprint={blueprint} />;
}

function Yaml({ policy, blueprint, parameters, target, about }: Shown & { target: 'manifests' | 'workflow'; about: string }) {
  const yaml = useMemo(() => policy.renderYaml(blueprint.metadata.name, parameters, target), [policy, blueprint, parameters, target]);
  return <YamlView text={yaml} fileName={`${target}.yaml`} about={about} />;
}

function NotYet() {
  return (
    <Text as="p" variant="body-medium" color="secondary">
      What would be created stands here as soon as the form is complete.
    </Text>
  );
}
