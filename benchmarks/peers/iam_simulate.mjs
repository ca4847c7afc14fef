// The peer's side of decisions.py: a warm process that reads one JSON line and answers with one.
// It runs in the folder in which @cloud-copilot/iam-simulate is installed.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const installed = async name => {
  const found = createRequire(join(process.cwd(), 'package.json')).resolve(name).replace('/cjs/', '/esm/');
  return import(pathToFileURL(found).href);
};
const { runSimulation } = await installed('@cloud-copilot/iam-simulate');
const { createValidatedPolicy, validateIdentityPolicy, validateTrustPolicy } = await installed('@cloud-copilot/iam-policy');

// The caller's own permission: the simulator wants it as an identity policy. It is validated once, here.
const may = [{
  name: 'permission',
  policy: createValidatedPolicy(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }] },
    validateIdentityPolicy,
  ),
}];

const simulation = (call, resourcePolicy) => ({
  request: {
    principal: call.principal,
    action: call.action,
    resource: { resource: call.role, accountId: call.role.split(':')[4] },
    contextVariables: call.context,
  },
  identityPolicies: call.may ? may : [],
  serviceControlPolicies: [],
  resourceControlPolicies: [],
  resourcePolicy,
});

const commands = {
  // What it answers, with the keys it left out of account.
  answers: async ({ cases }) => {
    const told = [];
    for (const [text, call] of cases) {
      const said = await runSimulation(simulation(call, JSON.parse(text)), {});
      told.push(said.resultType === 'error'
        ? { answer: 'error', why: said.errors.message, ignored: [] }
        : { answer: said.overallResult, why: '', ignored: said.result?.ignoredContextKeys ?? [] });
    }
    return told;
  },
  // What it answers with the policies of all layers.
  layers: async ({ cases }) => {
    const told = [];
    for (const [policy, call, layers] of cases) {
      const said = await runSimulation({ ...simulation(call, policy), ...layers }, {});
      told.push(said.resultType === 'error'
        ? { answer: 'error', why: said.errors.message }
        : { answer: said.overallResult, why: '' });
    }
    return told;
  },
  // Seconds for texts in, decisions with their trees out.
  texts: async ({ cases }) => {
    const start = performance.now();
    for (const [text, call] of cases) await runSimulation(simulation(call, JSON.parse(text)), {});
    return (performance.now() - start) / 1000;
  },
  // Seconds for many calls against one policy, read before; `validated`: also validated before, its best form.
  calls: async ({ policy, calls, validated }) => {
    const document = JSON.parse(policy);
    const ready = validated ? createValidatedPolicy(document, validateTrustPolicy) : document;
    const start = performance.now();
    for (const call of calls) await runSimulation(simulation(call, ready), {});
    return (performance.now() - start) / 1000;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  process.stdout.write(JSON.stringify(await commands[asked.do](asked)) + '\n');
}
