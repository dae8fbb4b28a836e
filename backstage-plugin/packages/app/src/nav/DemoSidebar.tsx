// The sidebar: what one came for stands first. Pages find their way in by themselves.
import { Link, Sidebar, SidebarDivider, SidebarGroup, SidebarItem, SidebarSpace } from '@backstage/core-components';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import { RiAddCircleLine, RiMenuLine, RiSettings3Line } from '@remixicon/react';
import { useLocation } from 'react-router-dom';
import { Logo } from '../Logo';
import styles from './DemoSidebar.module.css';

const NEW_REQUEST = '/platform/new';

export function DemoSidebar({ navItems }: NavContentComponentProps) {
  // The form lies below the address of the other pages, and has an item of its own.
  const isAsking = useLocation().pathname === NEW_REQUEST;
  const nav = navItems.withComponent(item => <SidebarItem icon={() => item.icon} to={item.href} text={item.title} end={isAsking} />);
  // These have items of their own here.
  navItems.take('page:notifications');
  navItems.take('page:platform/new');
  const settings = nav.take('page:user-settings');
  return (
    <Sidebar>
      <Link to="/" underline="none" className={styles.logo} aria-label="Home">
        <Logo size={28} />
      </Link>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        <SidebarItem icon={() => <RiAddCircleLine />} to={NEW_REQUEST} text="New request" />
        {nav.take('page:platform')}
        {nav.take('page:catalog')}
        {nav.take('page:scaffolder')}
        {nav.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <NotificationsSidebarItem />
      <SidebarGroup label="Settings" icon={<RiSettings3Line />} to="/settings">
        {settings}
      </SidebarGroup>
    </Sidebar>
  );
}
